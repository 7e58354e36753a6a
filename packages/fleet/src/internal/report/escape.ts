const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Text as it stands in HTML, between tags or in a quoted attribute. */
export const text = (value: string | number): string => String(value).replace(/[&<>"']/g, (char) => entities[char]!)

/** JSON that cannot end the `<script>` that it stands in. */
export const json = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
