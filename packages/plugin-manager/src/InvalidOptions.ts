/**
 * The error of a layer that is given an option it cannot use.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type { Hint } from "./PluginManagerError.js"

/**
 * An option of a layer cannot be used. The layer fails with it when it is built, before anything is sent. `option` names the option, and `hint`
 * says what is expected. The value is not in it, since it may be a secret.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidOptions extends Data.TaggedError("InvalidOptions")<{
  readonly option: string
  readonly hint: Hint
}> {
  readonly category = "usage"
  override get message(): string {
    return `${this.option}: ${this.hint.en}`
  }
}

/**
 * For those who write a transport.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = (option: string, zh: string, en: string): InvalidOptions =>
  new InvalidOptions({ option, hint: { zh, en } })

/**
 * Checks a time limit: a duration above zero. For those who write a transport.
 *
 * @since 0.1.0
 * @category constructors
 */
export const checkDuration = (
  option: string,
  input: Duration.DurationInput
): Either.Either<Duration.Duration, InvalidOptions> => {
  const decoded = Duration.decodeUnknown(input)
  return Option.isSome(decoded) && Duration.greaterThan(decoded.value, Duration.zero)
    ? Either.right(decoded.value)
    : Either.left(
        make(
          option,
          '必须是大于零的时长，例如 "10 seconds"。',
          'It must be a duration above zero, such as "10 seconds".'
        )
      )
}

/**
 * Checks an appid, a secret or a token, which have no blanks and no control characters. For those who write a transport.
 *
 * @since 0.1.0
 * @category constructors
 */
export const checkText = (option: string, text: string): Either.Either<void, InvalidOptions> =>
  /^[!-~]+$/.test(text)
    ? Either.void
    : Either.left(
        make(
          option,
          "不能为空，也不能包含空格、换行或控制字符。",
          "It must not be empty, and must not contain blanks, line breaks or control characters."
        )
      )
