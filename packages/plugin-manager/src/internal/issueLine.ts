const maxLength = 300

/** What is wrong with a reply or a payload, in one short line. */
export const shorten = (issue: string): string => {
  const line = issue.replace(/\s+/g, " ")
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}

export const tooDeep = "the reply: too deeply nested to be WeChat's"
