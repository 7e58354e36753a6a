/** Text with colours and links, as data. Every string in it is cleaned when it is rendered, so it may come from anybody. */
import pc from "picocolors"
import stringWidth from "string-width"
import { clean } from "./foreign.js"

export type Color = "bold" | "cyan" | "dim" | "green" | "magenta" | "red" | "yellow"

interface Painted {
  readonly color: Color
  readonly span: Span
}

interface Link {
  readonly label: string
  readonly url: string
}

/** A part of a line. */
export type Span = string | Painted | Link | ReadonlyArray<Span>

export const paint = (color: Color, span: Span): Span => ({ color, span })

/** A label with a link, or the URL itself where the output cannot show links. */
export const link = (label: string, url: string): Span => ({ label, url })

/** What an output can show. */
export interface Style {
  readonly colors: ReturnType<typeof pc.createColors>
  readonly links: boolean
}

export const makeStyle = (colors: boolean, links: boolean): Style => ({ colors: pc.createColors(colors), links })

const isMany = (span: Span): span is ReadonlyArray<Span> => Array.isArray(span)

const isWebAddress = (url: string) => /^https?:\/\//.test(url)

/** Renders a span with one function for each kind of it. */
const fold = (
  span: Span,
  style: Style,
  painted: (color: Color, text: string) => string,
  linked: (label: string, url: string) => string
): string => {
  if (typeof span === "string") {
    return clean(span)
  }
  if (isMany(span)) {
    return span.map((part) => fold(part, style, painted, linked)).join("")
  }
  if ("color" in span) {
    return painted(span.color, fold(span.span, style, painted, linked))
  }
  const url = clean(span.url).trim()
  return style.links && isWebAddress(url) ? linked(clean(span.label), url) : url
}

/** What the output shows of it, without colours and link targets. */
export const plain = (span: Span, style: Style): string =>
  fold(
    span,
    style,
    (_, text) => text,
    (label) => label
  )

export const render = (span: Span, style: Style): string =>
  fold(
    span,
    style,
    (color, text) => style.colors[color](text),
    (label, url) => `\u001b]8;;${url}\u0007${label}\u001b]8;;\u0007`
  )

/** The number of columns that a plain text takes; a Chinese character takes two. */
export const width = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : stringWidth(text))

/** As much of a plain text as fits into so many columns. A character that is made of several, such as an emoji, stays whole. */
export const cut = (text: string, room: number): string => {
  let used = 0
  let end = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += width(segment)
    if (used > room) {
      break
    }
    end += segment.length
  }
  return text.slice(0, end)
}

/** The same, with an ellipsis where something is missing. */
export const shorten = (text: string, room: number): string =>
  width(text) <= room ? text : `${cut(text, room - 1).trimEnd()}…`
