/**
 * Exports spans and metrics of the calls by OpenTelemetry. Here they go to the console; another exporter sends them to a collector.
 *
 *     WECHAT_APPID=… WECHAT_SECRET=… npx tsx main.ts
 *
 * The library makes a span for each call, without secrets. It defines no metrics: the program chooses what to count and under which name.
 */
import { PluginManager, type PluginManagerError } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { NodeSdk } from "@effect/opentelemetry"
import { ConsoleMetricExporter, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics"
import { ConsoleSpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Config, Console, Effect, Metric } from "effect"

const WeChat = NodeTransport.layerNodeConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})

const Telemetry = NodeSdk.layer(() => ({
  resource: { serviceName: "plugins" },
  // for a collector, use a BatchSpanProcessor and the OTLP exporters instead
  spanProcessor: new SimpleSpanProcessor(new ConsoleSpanExporter()),
  metricReader: new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })
}))

const calls = Metric.counter("wechat.calls", { description: "calls to WeChat, by outcome", incremental: true })
const duration = Metric.timer("wechat.call.duration", "how long a call to WeChat takes")

/**
 * `outcome` is `ok` or the tag of the error. `errcode` is WeChat's number, or `none` if there was no reply with one. Both have few values, and
 * none is secret.
 */
const measured = <A, E extends PluginManagerError.PluginManagerError, R>(
  self: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> => {
  const count = (outcome: string, errcode: number | "none") =>
    Effect.tagMetrics(Metric.increment(calls), { outcome, errcode: String(errcode) })
  return self.pipe(
    Effect.tapBoth({
      onSuccess: () => count("ok", 0),
      onFailure: (error) => count(error._tag, "errcode" in error ? error.errcode : "none")
    }),
    Effect.exit, // trackDuration measures successes only, and failures should count too
    Metric.trackDuration(duration),
    Effect.flatten
  )
}

const program = PluginManager.getPluginList.pipe(
  measured, // inside the retry, so that each try counts
  PluginManager.retryTransient,
  Effect.withSpan("report"), // the spans of the calls become its children
  Effect.flatMap((plugins) => Console.log(`${plugins.length} plugins`))
)

// provided last, since telemetry is flushed when its layer closes
await program.pipe(Effect.provide(WeChat), Effect.provide(Telemetry), Effect.runPromise)
