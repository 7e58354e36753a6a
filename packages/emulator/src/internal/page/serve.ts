import type * as Effect from "effect/Effect"
import { header, type Request } from "../http/endpoint.js"
import * as Exchange from "../http/exchange.js"
import * as Reply from "../http/reply.js"
import { controlPrefix } from "../http/urls.js"
import * as Browsers from "../security/browsers.js"
import type { Feed } from "./feed.js"
import { html } from "./html.js"
import { script } from "./script.js"
import { style } from "./style.js"
import { words } from "./words.js"

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ")

const file = (contentType: string, body: string): Reply.Reply => ({
  ...Reply.make(200, contentType, body, undefined),
  headers: {
    "content-type": `${contentType}; charset=utf-8`,
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store"
  }
})

const languageOf = (request: Request): "zh-CN" | "en" =>
  /^\s*zh\b/i.test(header(request, "accept-language")) ? "zh-CN" : "en"

const eventsPath = `${controlPrefix}events`

const files: Readonly<Record<string, (request: Request) => Reply.Reply>> = {
  "/": (request) => file("text/html", html(languageOf(request))),
  [`${controlPrefix}page.css`]: () => file("text/css", style),
  [`${controlPrefix}page.js`]: () =>
    file("text/javascript", `"use strict"\nconst texts = ${JSON.stringify(words)}\n${script}`)
}

/** Whether the request is for the page. By a foreign name, `/` is a path of WeChat's API like any other. */
export const isFor = (request: Request): boolean =>
  request.method === "GET" &&
  Browsers.isLoopback(request) &&
  !Browsers.isFromForeignPage(request) &&
  (request.path === eventsPath || Object.hasOwn(files, request.path))

/** Serves the page, what belongs to it, and its events. */
export const serve = (feed: Feed, exchange: Exchange.Exchange, request: Request): Effect.Effect<void> =>
  request.path === eventsPath ? feed.serve(exchange) : Exchange.send(exchange, files[request.path]!(request))
