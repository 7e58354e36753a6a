/**
 * Spans and metrics of the calls, by OpenTelemetry; here to the console, elsewhere to a collector by another exporter.
 *
 *     WECHAT_APPID=… WECHAT_SECRET=… npx tsx main.ts
 *
 * The library makes a span for each call and puts no secret into it. It counts nothing: what is worth a metric, and under
 * which name, is the program's own choice, made here in one place.
 */
import { PluginManager, type PluginManagerError } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { NodeSdk } from "@effect/opentelemetry"
import { ConsoleMetricExporter, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics"
import { ConsoleSpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Config, Console, Effect, Metric } from "effect"

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})

const Telemetry = NodeSdk.layer(() => ({
  resource: { serviceName: "plugins" },
  // a collector wants a BatchSpanProcessor and the OTLP exporters in their place
  spanProcessor: new SimpleSpanProcessor(new ConsoleSpanExporter()),
  metricReader: new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })
}))

const calls = Metric.counter("wechat.calls", { description: "calls of WeChat, by outcome", incremental: true })
const duration = Metric.timer("wechat.call.duration", "how long a call of WeChat takes")

/**
 * The outcome is `ok` or the tag of the error, the errcode WeChat's number or `none` where no reply had one: few values,
 * none of them secret.
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
    Effect.exit, // trackDuration sees successes only, and a failure takes its time too
    Metric.trackDuration(duration),
    Effect.flatten
  )
}

const program = PluginManager.getPluginList.pipe(
  measured, // within the retry, so that each try counts
  PluginManager.retryTransient,
  Effect.withSpan("report"), // a call's span becomes the child of the caller's
  Effect.flatMap((plugins) => Console.log(`${plugins.length} plugins`))
)

// telemetry is flushed when its layer closes: around the whole program
await program.pipe(Effect.provide(WeChat), Effect.provide(Telemetry), Effect.runPromise)
