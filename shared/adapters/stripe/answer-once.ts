/** What Stripe says to a step that is to happen once. */
import Stripe from "stripe";
import type { StepAnswer } from "#shared/domain/payouts/steps";
import { answeredByStripe, asked, isUnanswered } from "./client.ts";

/** One thing that is to be so once. */
export interface Writing {
  /** Its id, when it is there already. */
  look(): Promise<string | undefined>;
  /** Asks for it under a key that it alone has, and gives its id. */
  ask(): Promise<string>;
}

const {
  StripeError,
  StripeAuthenticationError,
  StripeIdempotencyError,
  StripeInvalidRequestError,
  StripePermissionError,
} = Stripe.errors;

/**
 * Looks, asks when it is not there, and looks again when the answer was not yes. The key stays the same also after a 500, which
 * Stripe repeats for a day at least: under another it could happen twice, and Stripe advises against one.
 * Source: docs.stripe.com/error-low-level, "Server errors"; docs.stripe.com/api/idempotent_requests.
 *
 * @throws Unavailable when nothing was begun; and as it is what answers nobody's question: a key of ours that is not taken,
 * a defect.
 */
export const answerOnce = (writing: Writing, mayBegin: boolean): Promise<StepAnswer> =>
  answeredByStripe(() => answered(writing, mayBegin));

async function answered({ look, ask }: Writing, mayBegin: boolean): Promise<StepAnswer> {
  const there = await asked(look);
  if (there !== undefined) return { is: "done", id: there };
  return mayBegin ? begun({ look, ask }) : { is: "waiting" };
}

async function begun({ look, ask }: Writing): Promise<StepAnswer> {
  let isUnclear = false;
  const asking = async (): Promise<string> => {
    try {
      return await ask();
    } catch (error) {
      isUnclear ||= mayBeDone(error);
      throw error;
    }
  };
  try {
    return { is: "done", id: await asked(asking) };
  } catch (error) {
    const code = refusalOf(error);
    if (code === undefined && !(isUnclear && error instanceof StripeError)) throw error;
    const meanwhile = await look().catch(unlessUnanswered);
    if (meanwhile !== undefined) return { is: "done", id: meanwhile };
    return code === undefined ? { is: "unknown" } : { is: "refused", code };
  }
}

/** Stripe's code for what it has refused for certain: a request with content that it does not take, and never carries out. */
export function refusalOf(error: unknown): string | undefined {
  if (isUnanswered(error)) return undefined;
  if (error instanceof StripePermissionError) return error.code === "account_invalid" ? error.code : undefined;
  return error instanceof StripeInvalidRequestError ? (error.code ?? error.rawType) : undefined;
}

/** An account that was closed, or has left the platform. @throws the error when it is another */
export function unlessOutOfSight(error: unknown): undefined {
  if (refusalOf(error) !== "account_invalid") throw error;
  return undefined;
}

/** Limits on the rate are applied before anything begins, and before the key is looked at. Source: docs.stripe.com/error-low-level. */
function mayBeDone(error: unknown): boolean {
  if (!(error instanceof StripeError) || error.code === "rate_limit" || refusalOf(error) !== undefined) return false;
  const ours = [StripeAuthenticationError, StripePermissionError, StripeIdempotencyError];
  return !ours.some((kind) => error instanceof kind);
}

function unlessUnanswered(error: unknown): undefined {
  if (!isUnanswered(error)) throw error;
  return undefined;
}
