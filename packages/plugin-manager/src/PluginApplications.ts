/**
 * All applications for one's plugin, page after page. A module of its own, since `Stream` is large.
 *
 * @since 0.1.0
 */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { getPluginDevApplyList, type GetPluginDevApplyListError } from "./operations/getPluginDevApplyList.js"
import type { PluginApplication } from "./PluginApplication.js"
import type { Transport } from "./Transport.js"

/**
 * The applications of all pages, `num` to a page (10 by default, as in WeChat's samples), from page 1 or `firstPage`. A page
 * is asked for when its first application is; the last one is the first that is not full.
 *
 * **Gotchas**
 * - WeChat documents neither a count nor a greatest `num`. Should it answer fewer than a large `num` asks for, the stream
 *   ends too early: stay with a small one.
 * - Applications that come in meanwhile may shift the pages, so that one is seen twice.
 *
 * @since 0.1.0
 * @category constructors
 * @example
 * ```ts
 * import { PluginApplications, PluginManager } from "@effect-wechat/plugin-manager"
 * import { Stream } from "effect"
 *
 * const agreeToAll = PluginApplications.stream().pipe(
 *   Stream.filter(({ status }) => status === "applying"),
 *   Stream.runForEach(({ appid }) => PluginManager.setDevPluginApplyStatus({ action: "agree", appid }))
 * )
 * ```
 */
export const stream = ({
  firstPage = 1,
  num = 10
}: { readonly firstPage?: number; readonly num?: number } = {}): Stream.Stream<
  PluginApplication,
  GetPluginDevApplyListError,
  Transport
> =>
  Stream.paginateChunkEffect(firstPage, (page) =>
    Effect.map(getPluginDevApplyList({ page, num }), (applications) => [
      Chunk.unsafeFromArray(applications),
      applications.length < num ? Option.none() : Option.some(page + 1)
    ])
  )
