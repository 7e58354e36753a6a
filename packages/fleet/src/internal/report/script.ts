/**
 * What runs in the page. A row of the data is `[appid, outcome, plugins, error]`, a plugin of a row `[number, status, reason]`. All text goes into
 * the page by `textContent`.
 */
export const script = `
"use strict"
const read = (id) => JSON.parse(document.getElementById(id).textContent)
const words = read("words"), plugins = read("plugins")
const rows = read("rows").slice(0, -1).flatMap(([app, outcome, listed, error]) => listed.length > 0
  ? listed.map(([plugin, status, reason]) => ({ app, status, plugin: plugins[plugin], note: reason || "" }))
  : [{ app, status: outcome, note: error ? error.filter((part) => part !== null).join(" · ") : "" }])
const label = (status) => words.statuses[status] || words.outcomes[status] || status
for (const row of rows) {
  const { app, note, plugin, status } = row
  row.text = [app, note, label(status), ...(plugin ? [plugin[0], plugin[1]] : [])].join("\\n").toLowerCase()
}
const find = (id) => document.getElementById(id)
const make = (name, className, ...children) => {
  const element = document.createElement(name)
  element.className = className
  element.append(...children)
  return element
}
const avatar = ([, nickname, url]) => {
  const letter = [...nickname][0] || "?"
  const box = make("span", "avatar", letter)
  if (/^https?:\\/\\//.test(url)) {
    const image = document.createElement("img")
    image.alt = ""
    image.referrerPolicy = "no-referrer"
    image.addEventListener("load", () => box.replaceChildren(image))
    image.addEventListener("error", () => box.replaceChildren(letter))
    image.src = url
  }
  return box
}
const who = (plugin) => make("div", "who", avatar(plugin), make("div", "", make("bdi", "", plugin[1]), make("span", "id", plugin[0])))
const line = ({ app, note, plugin, status }) => {
  const cells = [[words.app, make("span", "id", app)], [words.plugin, plugin ? who(plugin) : ""],
    [words.status, make("span", "status " + (words.statuses[status] || words.outcomes[status] ? status : "other"), label(status))],
    [words.note, note === "" ? "" : make("bdi", "note", note)]]
  return make("tr", "", ...cells.map(([label, content]) => {
    const cell = make("td", "", content)
    cell.dataset.label = label
    return cell
  }))
}
const atOnce = 200
let found = rows, shown = 0
const more = () => {
  find("body").append(...found.slice(shown, shown + atOnce).map(line))
  shown = Math.min(shown + atOnce, found.length)
  find("count").textContent = found.length === 0 ? words.none
    : words.shown.replace("{shown}", shown.toLocaleString("en-US")).replace("{found}", found.length.toLocaleString("en-US"))
  find("more").hidden = shown >= found.length
}
const search = () => {
  const parts = find("search").value.toLowerCase().split(/\\s+/)
  const status = find("status").value
  found = rows.filter((row) => (status === "" || row.status === status) && parts.every((part) => row.text.includes(part)))
  shown = 0
  find("body").replaceChildren()
  more()
}
for (const status of new Set(rows.map(({ status }) => status))) {
  const option = make("option", "", label(status))
  option.value = status
  find("status").append(option)
}
find("search").addEventListener("input", search)
find("status").addEventListener("input", search)
find("more").addEventListener("click", more)
find("tools").hidden = false
search()
`
