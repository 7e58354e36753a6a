import { readFileSync } from "node:fs"

/** The page of WeChat's documentation that this project starts from, as test data: both sides are held against it. */
const page = readFileSync(new URL("reference/pluginManager.getPluginList.txt", import.meta.url), "utf8")

const [https = ""] = page.split("# 云调用\n")

const after = (text: string, title: string) => text.slice(text.indexOf(title) + title.length)

/** the HTTPS sample request, as JSON text */
export const sampleRequest = after(https, "# 请求数据示例").split("# 返回数据示例")[0]!.trim()

/** the HTTPS sample reply, as JSON text */
export const sampleReply = after(https, "# 返回数据示例").trim()

/** the rows of the error table: code and what it says */
export const errcodes: ReadonlyArray<readonly [errcode: number, text: string]> = [
  ...https.matchAll(/^(-1|8\d{4}) (.+)$/gm)
].map(([, errcode, text]) => [Number(errcode), text!])

/** the table of states: number and words */
export const statuses: ReadonlyArray<readonly [status: number, text: string]> = [
  ...https.matchAll(/^([1-4]) (.+)$/gm)
].map(([, status, text]) => [Number(status), text!])
