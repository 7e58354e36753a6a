import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { isRetryable } from "../errors/isRetryable.js"
import type { PluginApplication } from "../records/PluginApplication.js"
import type { Transport } from "../Transport.js"
import { getPluginDevApplyList, type GetPluginDevApplyListError } from "./getPluginDevApplyList.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface StreamOptions {
  /** the number of the first page; 1 by default, as in WeChat's samples */
  readonly firstPage?: number | undefined
  /** applications per page; 10 by default, as in WeChat's samples */
  readonly num?: number | undefined
  /** when to repeat a page that failed with a retryable error; without it, the first failure ends the stream */
  readonly schedule?: Schedule.Schedule<unknown, GetPluginDevApplyListError> | undefined
}

/**
 * The applications of all pages. A page is requested when its first application is needed; the first page that is not full is the last.
 *
 * **Gotchas**
 * - Retrying the whole stream starts again at the first page. Give `schedule` to repeat only the page that failed.
 * - WeChat documents neither a count nor the largest `num`. If it sends fewer applications than a large `num` asks for, the stream ends
 *   too early, so keep `num` small.
 * - Applications that arrive meanwhile may shift the pages, so that one is seen twice.
 *
 * @since 0.1.0
 * @category operations
 * @example
 * ```ts
 * import { PluginApplication, PluginManager } from "@effect-wechat/plugin-manager"
 * import { Stream } from "effect"
 *
 * const agreeToAll = PluginApplication.stream().pipe(
 *   Stream.filter(({ status }) => status === "applying"),
 *   Stream.runForEach(({ appid }) => PluginManager.setDevPluginApplyStatus({ action: "agree", appid }))
 * )
 * ```
 */
export const stream = ({ firstPage = 1, num = 10, schedule }: StreamOptions = {}): Stream.Stream<
  PluginApplication,
  GetPluginDevApplyListError,
  Transport
> => {
  const fetch = (page: number) => {
    const applications = getPluginDevApplyList({ page, num })
    return schedule === undefined ? applications : Effect.retry(applications, { while: isRetryable, schedule })
  }
  return Stream.paginateChunkEffect(firstPage, (page) =>
    Effect.map(fetch(page), (applications) => [
      Chunk.unsafeFromArray(applications),
      applications.length < num ? Option.none() : Option.some(page + 1)
    ])
  )
}
