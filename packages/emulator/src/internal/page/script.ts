/** What runs in the page. `texts` are the words of both languages. All text goes into the page by `textContent` or `append`. */
export const script = `
const find = (id) => document.getElementById(id)
const all = (selector) => document.querySelectorAll(selector)
const make = (name, className, ...children) => {
  const element = document.createElement(name)
  if (className) element.className = className
  element.append(...children)
  return element
}
const saved = () => { try { return localStorage.getItem("language") } catch { return null } }
let language = texts[saved()] ? saved() : document.documentElement.lang
let words = texts[language], world, offset = 0, isLive = false
const requests = new Map(), opened = new Set()

const say = (text, isBad) => { find("message").textContent = text; find("message").className = isBad ? "bad" : "" }
const call = async (name, payload) => {
  const response = await fetch("/__emulator/" + name, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(payload ?? {}) })
  const result = await response.json()
  if (!response.ok) throw new Error(result.error.split("\\n").slice(-1)[0].replace(/^[^\\w]+/, ""))
  return result
}
const perform = (label, name, payload) => call(name, payload).then(() => say(words.done + " " + label), ({ message }) => say(words.failed + " " + label + " — " + message, true))

const shownAtMost = 200
const list = (id, items, show) => {
  find(id).replaceChildren(...items.slice(0, shownAtMost).map(show), ...(items.length > shownAtMost ? [make(id === "applications" ? "tr" : "p", "soft", items.length - shownAtMost + " " + words.more)] : []))
}
const card = (name, ...lines) => make("div", "card", make("span", "letter", [...name][0] || "?"), make("div", "", make("b", "", name), ...lines.filter(Boolean).map((line) => make("small", "", line))))
const tones = { 1: "wait", 2: "good", 3: "bad", 4: "soft" }
const timeout = 48 * 3600000
const showWorld = () => {
  if (!world) return
  const { applications, miniPrograms, plugins } = world
  find("mini-program-count").textContent = miniPrograms.length
  find("plugin-count").textContent = plugins.length
  find("application-count").textContent = applications.length
  list("mini-programs", miniPrograms, (app) => card(app.nickname, app.appid, words.limit.replace("#", app.pluginLimit), app.env))
  list("plugins", plugins, (plugin) => card(plugin.nickname, plugin.appid, plugin.owner ? words.owner + " " + plugin.owner : words.noOwner, plugin.autoApproves && words.autoApproves, plugin.versions.join(", ")))
  const nameOf = (items, appid) => (items.get(appid) || {}).nickname || appid
  const apps = new Map(miniPrograms.map((app) => [app.appid, app])), known = new Map(plugins.map((plugin) => [plugin.appid, plugin]))
  list("applications", applications, ({ applicant, createTime, plugin, reason, refuseReason, status }) => {
    const current = status === 1 && Date.now() + offset - createTime >= timeout ? 4 : status
    return make("tr", "", make("td", "", nameOf(apps, applicant), make("small", "", applicant)), make("td", "", nameOf(known, plugin), make("small", "", plugin)),
      make("td", tones[current] || "", words["status" + current] || String(current)), make("td", "", reason || "", ...(refuseReason ? [make("small", "", words.refusedBecause + " " + refuseReason)] : [])))
  })
}
let isReading = false, isStale = false
const readWorld = async () => {
  isStale = true
  if (isReading) return
  isReading = true
  try {
    while (isStale) { isStale = false; world = await call("world"); showWorld() }
  } catch (error) { say(error.message, true) } finally { isReading = false }
}

const outcomeOf = ({ reply, sent }) => {
  const parts = [reply.status ?? (sent === undefined ? words.waiting : words.noReply), reply.errcode && "errcode " + reply.errcode, reply.fault && "⚡ " + reply.fault].filter(Boolean)
  const tone = reply.fault ? "fault" : reply.status === undefined ? "wait" : reply.errcode || reply.status !== 200 ? "bad" : "good"
  return make("span", "outcome " + tone, parts.join(" · "))
}
const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2))
const row = (entry) => {
  const { appid, body, credential, method, operation, path, query, seq, sent } = entry
  const button = make("button", "", make("span", "seq", "#" + seq), make("span", "what", make("b", "", (body && body.action) || (operation || path).split(/[./]/).pop()), " ", make("span", "", method + " " + path + (appid ? " · " + appid : ""))), outcomeOf(entry))
  button.type = "button"
  button.setAttribute("aria-expanded", String(opened.has(seq)))
  const details = make("div", "details")
  details.hidden = !opened.has(seq)
  const show = () => details.replaceChildren(make("h3", "", words.request), make("pre", "", pretty({ method, path, query, ...(credential ? { [credential.parameter]: "***" } : {}), body })), make("h3", "", words.reply), make("pre", "", sent === undefined ? words.waiting : entry.reply.status === undefined ? words.noReply : pretty(sent)))
  if (!details.hidden) show()
  button.addEventListener("click", () => {
    details.hidden = !details.hidden
    button.setAttribute("aria-expanded", String(!details.hidden))
    if (details.hidden) opened.delete(seq); else { opened.add(seq); show() }
  })
  const item = make("li", "", button, details)
  item.id = "request-" + seq
  return item
}
const showRequest = (entry) => {
  const before = find("request-" + entry.seq)
  const hadFocus = before && before.contains(document.activeElement)
  const item = row(entry)
  if (before) before.replaceWith(item); else find("journal").prepend(item)
  if (hadFocus) item.firstChild.focus()
  while (find("journal").children.length > shownAtMost) find("journal").lastChild.remove()
  find("no-requests").hidden = true
}
const showAll = () => {
  document.documentElement.lang = language
  document.title = words.title
  for (const element of all("[data-text]")) element.textContent = words[element.dataset.text]
  for (const button of all("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language))
  find("live").textContent = isLive ? words.online : words.offline
  find("live").className = isLive ? "on" : ""
  find("journal").replaceChildren()
  find("no-requests").hidden = requests.size > 0
  for (const entry of requests.values()) showRequest(entry)
  showWorld()
}
const tick = () => { find("now").textContent = new Date(Date.now() + offset).toLocaleString(language) }

const number = (id) => Number(find(id).value)
const faultOf = {
  Errcode: () => ({ errcode: number("errcode") }), GatewayError: () => ({ errorCode: number("errcode") }),
  Body: () => ({ body: find("body").value, contentType: "application/json; encoding=utf-8" }),
  Raw: () => ({ status: number("status"), headers: { "content-type": "text/html" }, body: find("body").value }),
  Delay: () => ({ duration: number("seconds") * 1000 }), Drip: () => ({ size: 16, pause: number("seconds") * 1000 })
}
const actions = {
  release: () => perform(words.release, "release"),
  expireTokens: () => perform(words.expireTokens, "expireTokens", { errcode: number("token-errcode"), stale: find("stale").checked }),
  seed: () => { try { perform(words.seed, "seed", JSON.parse(find("seed").value)) } catch (error) { say(words.failed + " " + error.message, true) } },
  reset: () => confirm(words.confirmReset) && perform(words.reset, "reset")
}
document.addEventListener("click", ({ target }) => {
  const { advance, do: action, fault, language: chosen } = target.dataset || {}
  if (action) actions[action]()
  if (advance) perform(target.textContent, "advance", { millis: advance * 1000 })
  if (fault) perform(target.textContent, "fault", { _tag: fault, ...(find("on").value ? { on: find("on").value } : {}), nth: number("nth"), times: number("times"), ...(faultOf[fault] ? faultOf[fault]() : {}) })
  if (chosen) {
    language = chosen
    words = texts[language]
    try { localStorage.setItem("language", language) } catch {}
    say("")
    showAll()
    tick()
  }
})

const events = new EventSource("/__emulator/events")
const setLive = (now) => { isLive = now; find("live").textContent = isLive ? words.online : words.offline; find("live").className = isLive ? "on" : "" }
events.addEventListener("open", () => setLive(true))
events.addEventListener("error", () => setLive(false))
events.addEventListener("state", ({ data }) => { offset = JSON.parse(data).now - Date.now(); tick(); readWorld() })
events.addEventListener("clear", () => { requests.clear(); opened.clear(); find("journal").replaceChildren(); find("no-requests").hidden = false })
events.addEventListener("request", ({ data }) => {
  const entry = JSON.parse(data)
  requests.set(entry.seq, entry)
  if (requests.size > shownAtMost) requests.delete(requests.keys().next().value)
  showRequest(entry)
  if (entry.sent !== undefined) readWorld()
})
showAll()
tick()
setInterval(tick, 1000)
`
