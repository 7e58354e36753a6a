/**
 * Makes text safe to show. A nickname, an error message or an argument may contain characters that a terminal obeys, that change the direction of
 * a line, or that nobody sees but an AI assistant reads.
 */

/** Characters that a terminal may obey, and line breaks. They become a space. */
const controls = String.raw`\p{Cc}\u2028\u2029`

/**
 * Characters without a shape of their own: soft hyphens, marks of direction, zero-width characters, byte order marks, annotations, tags and
 * variation selectors beyond the BMP. They are removed. U+200C and U+200D stay, since Persian and emoji need them.
 */
const invisible = String.raw`\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}`

const unsafe = new RegExp(`[${controls}${invisible}\\p{Cs}]`, "u")
const allControls = new RegExp(`[${controls}]+`, "gu")
const allInvisible = new RegExp(`[${invisible}]`, "gu")
// a line feed is harmless in JSON: it stands between values, never in a string
const allUnsafe = new RegExp(`(?!\\n)[${controls}${invisible}\\p{Cs}]`, "gu")

/** The text on one line, without any character that a terminal obeys or that nobody sees. */
export const clean = (text: string): string =>
  unsafe.test(text)
    ? text
        .replace(allControls, " ")
        .replace(allInvisible, "")
        .replace(/\p{Cs}/gu, "\ufffd")
    : text

/** The text with its lines and tabs, without any other character that a terminal obeys or that nobody sees. */
export const cleanLines = (text: string): string => text.replace(/[^\r\n\t]+/g, clean)

const escape = (char: string) =>
  Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")

/** The same JSON with these characters escaped. JSON.stringify leaves most of them as they are. */
export const cleanJson = (json: string): string => json.replace(allUnsafe, escape)
