import type { AppResult } from "../../AppResult.js"
import { json, text } from "./escape.js"
import { script } from "./script.js"
import type { Words } from "./texts.js"

/** The plugins that the rows mention, each once, in the order in which they were met. */
export type Plugins = Map<string, { readonly at: number; readonly nickname: string; readonly headimgurl: string }>

export const makePlugins = (): Plugins => new Map()

/** A mini program in the data of the page; the head has begun the list. */
export const row = ({ appId, error, outcome, plugins: listed }: AppResult, plugins: Plugins): string => {
  const numbered = listed.map(({ headimgurl, nickname, pluginAppid, reason, status }) => {
    const known = plugins.get(pluginAppid) ?? { at: plugins.size, nickname, headimgurl }
    plugins.set(pluginAppid, known)
    return [known.at, status, ...(reason === undefined ? [] : [reason])]
  })
  const failure = error === undefined ? [] : [[error.tag, error.category, error.errcode ?? null, error.message]]
  return `${json([appId, outcome, numbered, ...failure])},\n`
}

/** Ends the list, with an element that is no mini program, and the page. */
export const tail = (plugins: Plugins, words: Words): string => {
  const all = [...plugins].map(([appid, { headimgurl, nickname }]) => [appid, nickname, headimgurl])
  const { app, none, note, outcomes, plugin, shown, status, statuses } = words
  return `null]</script>
<script type="application/json" id="plugins">${json(all)}</script>
<script type="application/json" id="words">${json({ app, none, note, outcomes, plugin, shown, status, statuses })}</script>
<script>${script}</script>
<noscript><p>${text(words.script)}</p></noscript>
</body>
</html>
`
}
