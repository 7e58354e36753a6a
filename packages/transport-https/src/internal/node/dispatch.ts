import { type Agent, type ClientRequest, type IncomingMessage, request as requestPlain } from "node:http"
import { request as requestTls } from "node:https"
import { Body, BodyTooLarge } from "../http/body.js"
import { Hosts, Turn, type Turns } from "../http/turns.js"
import type { Received, Sender, Sent } from "../whole/sender.js"

/** The agents that keep the sockets. */
export interface Agents {
  readonly "http:": Agent
  readonly "https:": Agent
}

const requests = { "http:": requestPlain, "https:": requestTls }

/** What node:https is asked for: the same for all requests to one URL. */
interface Target {
  readonly protocol: keyof Agents
  readonly agent: Agent
  readonly host: string
  readonly port: string
  readonly path: string
  readonly turns: Turns<Call>
}

/** Its code is shown in a failure, and its message is not. */
class NoConnection extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}

const closed = () => new NoConnection("ECONNABORTED", "the client is closed")

/** One request, from its turn to its end. It drops node's request and response at the end, which are larger than the reply. */
class Call extends Turn {
  private request: ClientRequest | undefined
  private response: IncomingMessage | undefined
  private isOver = false
  private readonly body: Body

  constructor(
    private readonly target: Target,
    private readonly sent: Sent,
    private readonly onReply: (received: Received) => void,
    private readonly onFailure: (cause: unknown, received: Received | undefined) => void
  ) {
    super()
    this.body = new Body(sent.maxBodySize)
  }

  start() {
    const { agent, host, path, port, protocol } = this.target
    const { body, headers, method } = this.sent
    // node throws for a header or a path that is not valid, and for an agent of the other protocol
    try {
      const request = requests[protocol]({ agent, host, port, path, method, headers }, (response) =>
        this.read(response)
      )
      this.request = request
      request.on("error", (cause) => this.fail(cause))
      request.on("close", () => this.close())
      request.end(body)
    } catch (cause) {
      this.fail(cause)
    }
  }

  abort() {
    if (!this.isOver) {
      this.end()?.destroy()
    }
  }

  fail(cause: unknown) {
    if (!this.isOver) {
      const received = this.response === undefined ? undefined : this.received(this.response)
      this.end()?.destroy()
      this.onFailure(cause, received)
    }
  }

  private read(response: IncomingMessage) {
    this.response = response
    response.on("data", (bytes: Buffer) => {
      if (!this.body.add(bytes)) {
        this.fail(new BodyTooLarge())
      }
    })
    response.on("error", (cause) => this.fail(cause))
    response.on("end", () => {
      if (!this.isOver) {
        const received = this.received(response)
        this.end()
        // node frees the socket in this tick's queue: who calls again at once is to have it
        process.nextTick(this.onReply, received)
      }
    })
  }

  /** The last event of a request. A reply that is all there may still be on its way to its own last event. */
  private close() {
    if (this.response?.complete !== true) {
      this.fail(new NoConnection("ECONNRESET", "the connection was closed"))
    }
  }

  private end() {
    const { request } = this
    this.isOver = true
    this.request = undefined
    this.response = undefined
    this.target.turns.leave(this)
    return request
  }

  private received({ headers, statusCode = 0 }: IncomingMessage): Received {
    return { status: statusCode, headers, body: this.body.bytes }
  }
}

/**
 * Sends requests through agents, at most `limit` at once to each host. It sends nothing twice: if a server closes a kept socket just when a
 * request is written to it, nobody knows whether the server has read it.
 */
export class NodeSender implements Sender<Target | undefined> {
  private readonly hosts: Hosts<Call>
  private isClosed = false

  constructor(
    private readonly agents: Agents,
    limit: number
  ) {
    this.hosts = new Hosts(limit)
  }

  prepare(url: URL): Target | undefined {
    const { hostname, pathname, port, protocol, search } = url
    if (protocol !== "http:" && protocol !== "https:") {
      return undefined
    }
    // a URL has IPv6 addresses in brackets, which node does not take
    const host = hostname.replace(/^\[|\]$/g, "")
    return { protocol, agent: this.agents[protocol], host, port, path: pathname + search, turns: this.hosts.at(url) }
  }

  send(
    target: Target | undefined,
    sent: Sent,
    onReply: (received: Received) => void,
    onFailure: (cause: unknown, received: Received | undefined) => void
  ): () => void {
    if (target === undefined || this.isClosed) {
      onFailure(
        target === undefined ? new NoConnection("ERR_INVALID_PROTOCOL", "only http and https") : closed(),
        undefined
      )
      return () => {}
    }
    const call = new Call(target, sent, onReply, onFailure)
    target.turns.take(call)
    return () => call.abort()
  }

  /** Ends all requests, and lets no other begin. */
  close(): void {
    this.isClosed = true
    for (const call of this.hosts.all) {
      call.fail(closed())
    }
    this.agents["http:"].destroy()
    this.agents["https:"].destroy()
  }
}
