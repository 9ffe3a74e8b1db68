import { ulid } from "ulid";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { idPrefixes, type NewId } from "#shared/domain/kernel/ids";
import type { Instant } from "#shared/domain/kernel/time";
import type { PageRequest } from "#shared/ports/page";

/** What every `run` gets, whatever triggered it. */
export interface Occasion {
  readonly actor: Actor;
  readonly now: Instant;
  readonly requestId: string;
  readonly newId: NewId;
}

/** A parsed HTTP call. */
export interface Call<P, Q, B> extends Occasion {
  readonly path: P;
  readonly query: Q;
  readonly body: B;
  /** Of a list: how many, and from where. */
  readonly page: PageRequest;
  /** Version named by `If-Match`. */
  readonly ifMatch: number | undefined;
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

/** The clock and the ids of a running system; tests bring their own. */
export interface World {
  readonly now: () => Instant;
  readonly newId: NewId;
}

export const realWorld: World = {
  now: () => new Date().toISOString(),
  newId: (kind) => `${idPrefixes[kind]}_${ulid()}`,
};

/** Something that no person asked for, now. */
export const systemOccasion = (name: string, requestId: string): Occasion => ({
  actor: systemActor(name),
  now: realWorld.now(),
  requestId,
  newId: realWorld.newId,
});
