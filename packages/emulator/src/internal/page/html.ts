import { controlPrefix } from "../http/urls.js"

const button = (action: string) => `<button type="button" data-do="${action}" data-text="${action}"></button>`

const faults = ["Errcode", "Body", "Raw", "GatewayError", "Reset", "Close", "Truncate", "Hold", "Delay", "Drip"]

const option = (value: string) => `<option value="${value}">${value}</option>`

const on = [
  "plugin",
  "gateway",
  "token",
  "quota",
  "list",
  "apply",
  "unbind",
  "update",
  "dev_apply_list",
  "dev_agree",
  "dev_refuse",
  "dev_delete"
]

/** The page. Its words are filled in by its script, in the language that was chosen. */
export const html = (language: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>WeChat emulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${controlPrefix}page.css">
<script defer src="${controlPrefix}page.js"></script>
</head>
<body>
<header>
<h1 data-text="title"></h1>
<p class="clock"><span id="live" data-text="offline"></span><time id="now"></time></p>
<nav><button type="button" data-language="zh-CN" lang="zh-CN">中文</button><button type="button" data-language="en" lang="en">English</button></nav>
</header>
<p id="message" role="status" aria-live="polite"></p>
<main>
<div class="left">
<section><h2 data-text="journal"></h2>
<p class="soft" id="no-requests" data-text="noRequests"></p>
<ol id="journal"></ol></section>
<section><h2><span data-text="miniPrograms"></span> <span class="count" id="mini-program-count"></span></h2><div id="mini-programs" class="cards"></div></section>
<section><h2><span data-text="plugins"></span> <span class="count" id="plugin-count"></span></h2><div id="plugins" class="cards"></div></section>
<section><h2><span data-text="applications"></span> <span class="count" id="application-count"></span></h2><div class="scroll"><table>
<thead><tr><th scope="col" data-text="applicant"></th><th scope="col" data-text="plugin"></th><th scope="col" data-text="statusOf"></th><th scope="col" data-text="reason"></th></tr></thead><tbody id="applications"></tbody></table></div></section>
</div>
<div class="right">
<section><h2 data-text="faults"></h2>
<div class="fields">
<label><span data-text="on"></span><select id="on"><option value="" data-text="onDefault"></option>${on.map(option).join("")}<option value="any" data-text="onAny"></option></select></label>
<label><span data-text="nth"></span><input id="nth" type="number" min="1" value="1"></label>
<label><span data-text="times"></span><input id="times" type="number" min="1" value="1"></label>
<label><span data-text="errcode"></span><input id="errcode" type="number" value="-1"></label>
<label><span data-text="status"></span><input id="status" type="number" min="200" max="999" value="502"></label>
<label><span data-text="seconds"></span><input id="seconds" type="number" min="0" value="10"></label>
<label class="wide"><span data-text="body"></span><input id="body" type="text" value="&lt;h1&gt;502 Bad Gateway&lt;/h1&gt;"></label>
</div>
<div class="buttons">${faults.map((fault) => `<button type="button" data-fault="${fault}" data-text="fault${fault}"></button>`).join("")}${button("release")}</div></section>
<section><h2 data-text="time"></h2>
<div class="buttons">${[300, 3600, 86_400, 172_800].map((seconds) => `<button type="button" data-advance="${seconds}" data-text="advance${seconds}"></button>`).join("")}</div></section>
<section><h2 data-text="tokens"></h2>
<div class="fields"><label><span data-text="refusedBy"></span><select id="token-errcode">${["40001", "40014", "42001"].map(option).join("")}</select></label>
<label class="check"><input id="stale" type="checkbox"><span data-text="stale"></span></label></div>
<div class="buttons">${button("expireTokens")}</div></section>
<section><h2 data-text="world"></h2>
<details><summary data-text="seedHelp"></summary>
<label class="wide"><span class="hidden" data-text="seedHelp"></span><textarea id="seed" rows="6" spellcheck="false"></textarea></label>
<div class="buttons">${button("seed")}</div></details>
<div class="buttons"><button type="button" class="danger" data-do="reset" data-text="reset"></button></div></section>
</div>
</main>
</body>
</html>
`
