import { ulid } from "ulid";
import { systemActor } from "#shared/domain/kernel/actor";
import { idPrefixes, type NewId } from "#shared/domain/kernel/ids";
import type { Occasion } from "#shared/domain/kernel/occasion";
import type { Instant } from "#shared/domain/kernel/time";
import type { PageRequest } from "#shared/ports/page";
import { productMs } from "./clock.ts";

/** What every `run` gets, whatever triggered it: the occasion of its decisions, and the request's name in the logs. */
export interface Invocation extends Occasion {
  readonly requestId: string;
}

/** A parsed HTTP call. */
export interface Call<P, Q, B> extends Invocation {
  readonly path: P;
  readonly query: Q;
  readonly body: B;
  /** Of a list: how many, and from where. */
  readonly page: PageRequest;
  /**
   * When it came, by the machine's clock, which nobody moves: what ends while clients and processes live (the claim on an
   * Idempotency-Key, and how long it is kept) is measured by this.
   */
  readonly receivedAt: Instant;
  readonly method: string;
  /** The path as it was asked for. */
  readonly rawPath: string;
  /** Of the request, in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it came. */
  readonly rawBody: string;
  /** The Idempotency-Key that was sent, made safe to pass on to other systems together with the caller. */
  readonly idempotencyDigest: string | undefined;
}

/** One run of a job. */
export interface JobInvocation extends Invocation {
  /** When it began, by the machine's clock, which nobody moves: others than the product date things as well. */
  readonly receivedAt: Instant;
}

/** The clock and the ids of a running system; tests bring their own. */
export interface World {
  /** The product's clock. */
  readonly now: () => Instant;
  /** The machine's; left out where it is the same. */
  readonly machineNow?: () => Instant;
  readonly newId: NewId;
}

export const realWorld: World = {
  now: () => new Date(productMs()).toISOString(),
  machineNow: () => new Date().toISOString(),
  // Ids sort as what they name was made.
  newId: (kind) => `${idPrefixes[kind]}_${ulid(productMs())}`,
};

export const machineNowOf = ({ now, machineNow = now }: World): Instant => machineNow();

/** Something that no person asked for, now. */
export const systemInvocation = (name: string, requestId: string, { now, newId } = realWorld): Invocation => ({
  actor: systemActor(name),
  now: now(),
  requestId,
  newId,
});
