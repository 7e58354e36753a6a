// Writes what is generated of docs: the API reference, from the JSDoc of the packages, the table of errcodes, the reference of the
// command and the schema of its output; with a folder as argument, there instead.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { Application, Comment, Converter, ReflectionKind } from "typedoc"
import { MarkdownPageEvent, MarkdownTheme, MarkdownThemeContext } from "typedoc-plugin-markdown"
import { commands, outputSchema } from "./cli.mjs"
import { errcodes } from "./errcodes.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
/** where the packages are: here, or in the folder that is the second argument */
const sources = resolve(process.argv[3] ?? root)
const docs = resolve(process.argv[2] ?? join(root, "docs"))
const out = join(docs, "api")
const read = (file) => readFileSync(join(sources, file), "utf8")

/** A page for each public module: `src/` in PascalCase, as the exports map has it. */
const packages = readdirSync(join(sources, "packages"))
  .filter((name) => readdirSync(join(sources, "packages", name, "src")).includes("index.ts"))
  .sort()
  .map((name) => ({
    name,
    ...JSON.parse(read(`packages/${name}/package.json`)),
    modules: readdirSync(join(sources, "packages", name, "src"))
      .filter((file) => /^[A-Z]\w*\.ts$/.test(file))
      .sort()
      .map((file) => file.slice(0, -".ts".length)),
    folder: name
  }))

/** The text that a module opens with: its first comment, up to the tags. */
const opening = (folder, module) =>
  /^\/\*\*\n([^]*?)\n(?: \*\n)?(?: \* @| \*\/)/
    .exec(read(`packages/${folder}/src/${module}.ts`))[1]
    .replace(/^ \* ?/gm, "")

/** A signature says it all: no list of parameters, type parameters or results repeats it, since none of ours has a text. */
class Context extends MarkdownThemeContext {
  partials = {
    ...this.partials,
    signatureReturns: () => "",
    parametersList: () => "",
    parametersTable: () => "",
    typeParametersList: () => "",
    typeParametersTable: () => ""
  }
}

class Theme extends MarkdownTheme {
  getRenderContext(page) {
    return new Context(this, page, this.application.options)
  }
}

const app = await Application.bootstrapWithPlugins({
  plugin: ["typedoc-plugin-markdown"],
  entryPoints: packages.flatMap(({ folder, modules }) =>
    modules.map((module) => join(sources, "packages", folder, "src", `${module}.ts`))
  ),
  tsconfig: join(sources, "tsconfig.json"),
  name: "effect-wechat",
  router: "module",
  outputs: [{ name: "markdown", path: out }],
  readme: "none",
  disableGit: true,
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  // what is not exported is an internal of the page's, and said so by a warning
  validation: { notExported: false },
  excludeTags: ["@since"],
  sort: ["source-order"],
  sortEntryPoints: false,
  categorizeByGroup: false,
  categoryOrder: ["operations", "layers", "tags", "constructors", "combinators", "models", "schemas", "errors", "*"],
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hideGroupHeadings: true,
  useCodeBlocks: true,
  expandObjects: true,
  expandParameters: true,
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  propertyMembersFormat: "table",
  typeDeclarationFormat: "table",
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true
  },
  logLevel: "Warn",
  treatWarningsAsErrors: true
})
app.renderer.defineTheme("house", Theme)
app.options.setValue("theme", "house")

// a parameter that is taken apart has no name of its own
app.converter.on(Converter.EVENT_CREATE_PARAMETER, (_context, reflection) => {
  if (reflection.name === "__namedParameters") {
    reflection.name = "options"
  }
})

app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.children) {
    const [, folder, name] = /^(.*)\/src\/(.*)$/.exec(module.name)
    module.name = `${folder}/${name}`
    module.comment = new Comment([{ kind: "text", text: opening(folder, name) }])
    flattenNamespaces(module)
    module.getChildrenByKind(ReflectionKind.Class).forEach((reflection) => tidyClass(project, reflection))
  }
})

/** `Transport.Service` stands beside `Transport`, not on a page of its own. */
const flattenNamespaces = (module) => {
  for (const namespace of module.getChildrenByKind(ReflectionKind.Namespace)) {
    for (const child of namespace.children.slice()) {
      namespace.removeChild(child)
      child.name = `${namespace.name}.${child.name}`
      child.parent = module
      module.addChild(child)
    }
    module.project.removeReflection(namespace)
  }
}

/** A class shows the fields that it does not share with a whole family, and nothing of the machinery it is made by. */
const tidyClass = (project, reflection) => {
  delete reflection.extendedTypes
  const isErrcode = reflection.children?.some(({ name }) => name === "errcode")
  for (const child of reflection.children?.slice() ?? []) {
    const isField = child.kind === ReflectionKind.Property && !child.flags.isStatic
    if (
      child.name === "message" ||
      (child.inheritedFrom !== undefined && (isErrcode || !isField)) ||
      child.kind === ReflectionKind.Constructor
    ) {
      project.removeReflection(child)
    } else {
      delete child.inheritedFrom
      delete child.overwrites
    }
  }
}

// the headings of the lists that are left out
app.renderer.on(MarkdownPageEvent.END, (page) => {
  page.contents = page.contents.replaceAll(/^#+ (?:Type )?Parameters\n+(?=#|\*\*\*|(?![^]))/gm, "").trimEnd() + "\n"
})

const project = await app.convert()
await app.generateOutputs(project)

const index = packages.map(
  ({ description, folder, modules, name }) =>
    `## ${name}\n\n${description}.\n\n| module | what it is |\n| --- | --- |\n${modules
      .map(
        (module) =>
          `| [${module}](${folder}/${module}.md) | ${opening(folder, module).split("\n\n")[0].replaceAll("\n", " ")} |\n`
      )
      .join("")}`
)
mkdirSync(out, { recursive: true })
writeFileSync(
  join(out, "README.md"),
  `# API reference\n\nMade by \`npm run docs\` from the comments in the sources.\n\n${index.join("\n")}`
)
writeFileSync(join(docs, "errcodes.md"), errcodes)
for (const [file, text] of Object.entries(commands)) {
  writeFileSync(join(docs, file), text)
}
writeFileSync(
  join(process.argv[2] === undefined ? join(root, "packages/cli") : docs, "output.schema.json"),
  outputSchema
)
