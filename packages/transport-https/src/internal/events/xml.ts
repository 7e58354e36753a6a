import { XMLParser, XMLValidator } from "fast-xml-parser"

const parser = new XMLParser({ processEntities: false, parseTagValue: false, ignoreAttributes: true })

/** `<!DOCTYPE` and `<!ENTITY`, which WeChat does not send */
const declaration = /<!(?!\[CDATA\[)/

/** The fields of `<xml>` that are texts; undefined if this is not such a document. */
export const fieldsOf = (text: string): ReadonlyMap<string, string> | undefined => {
  if (declaration.test(text) || XMLValidator.validate(text) !== true) {
    return undefined
  }
  const { xml }: { readonly xml?: unknown } = Object(parser.parse(text))
  return typeof xml === "object" && xml !== null
    ? new Map(Object.entries(xml).filter((field): field is [string, string] => typeof field[1] === "string"))
    : undefined
}
