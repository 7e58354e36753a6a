/** A value of a reply, as the messages of Schema show it. */
export const formatJson = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(formatJson).join(",")}]`
    : typeof value === "object" && value !== null
      ? `{${Object.entries(value)
          .map(([key, field]) => `${JSON.stringify(key)}:${formatJson(field)}`)
          .join(",")}}`
      : typeof value === "string"
        ? JSON.stringify(value)
        : typeof value === "bigint"
          ? `${value}n`
          : String(value)
