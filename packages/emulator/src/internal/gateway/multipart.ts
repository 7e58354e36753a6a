import { Buffer } from "node:buffer"
import * as Option from "effect/Option"

/** A part of a form. Its body is kept as bytes, because it may be a protobuf message. */
export interface Part {
  readonly name: string
  readonly filename?: string
  readonly contentType?: string
  readonly body: Uint8Array
}

/** The boundary that a `content-type` header names. */
export const boundary = (contentType: string): Option.Option<string> => {
  const match = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)
  return Option.fromNullable(match?.[1] ?? match?.[2])
}

interface Delimiter {
  readonly start: number
  readonly end: number
  readonly last: boolean
}

const ending = /^(--)?[ \t]*(?:\r\n|$)/

/** Finds the next line that consists of the boundary. A part may contain lines that only begin with it. */
const nextDelimiter = (bytes: Buffer, marker: Buffer, from: number): Delimiter | undefined => {
  for (let at = bytes.indexOf(marker, from); at >= 0; at = bytes.indexOf(marker, at + 1)) {
    const isLineStart = at === 0 || (bytes[at - 2] === 13 && bytes[at - 1] === 10)
    const after = at + marker.length
    const rest = ending.exec(bytes.toString("latin1", after, after + 64))
    if (isLineStart && rest !== null && (rest[1] === "--" || rest[0].endsWith("\n"))) {
      return { start: Math.max(0, at - 2), end: after + rest[0].length, last: rest[1] === "--" }
    }
  }
  return undefined
}

const parameter = (header: string, name: string): string | undefined => {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, "i").exec(header)
  return match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2]
}

const part = (bytes: Buffer): Option.Option<Part> => {
  const split = bytes.indexOf("\r\n\r\n")
  if (split < 0) {
    return Option.none()
  }
  const headers = new Map(
    bytes
      .toString("utf8", 0, split)
      .split("\r\n")
      .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()])
  )
  const disposition = headers.get("content-disposition") ?? ""
  const name = parameter(disposition, "name")
  const filename = parameter(disposition, "filename")
  const contentType = headers.get("content-type")
  return Option.map(Option.fromNullable(name), (name) => ({
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(contentType === undefined ? {} : { contentType }),
    body: new Uint8Array(bytes.subarray(split + 4))
  }))
}

/** The parts of a form, in order; none if the form is cut short or a part is malformed. */
export const parse = (body: Uint8Array, boundary: string): Option.Option<ReadonlyArray<Part>> => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const marker = Buffer.from(`--${boundary}`)
  const parts: Array<Option.Option<Part>> = []
  let delimiter = nextDelimiter(bytes, marker, 0)
  while (delimiter !== undefined && !delimiter.last) {
    // in an empty part, the line end of this delimiter is also the line start of the next one
    const next = nextDelimiter(bytes, marker, delimiter.end)
    if (next === undefined) {
      return Option.none()
    }
    parts.push(part(bytes.subarray(delimiter.end, Math.max(delimiter.end, next.start))))
    delimiter = next
  }
  return delimiter === undefined ? Option.none() : Option.all(parts)
}
