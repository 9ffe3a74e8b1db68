import type { Instant } from "#shared/domain/kernel/time";

/** A response as it was sent: a replay is the same to the byte, also after later deployments. */
export interface StoredReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body stands for bytes, in base64. */
  readonly isBase64?: true;
}

/** A client's key with what it stands for. */
export interface KeyedRequest {
  /** Names the record: caller, route and key, so that nobody meets another's. */
  readonly digest: string;
  /** Of the request as it was sent: path, query and body, by their values. */
  readonly requestHash: string;
  readonly now: Instant;
  /** Missing: kept for ever. */
  readonly expiresAtSeconds?: number;
}

/** The right to work under a key, completed in the same transaction as the change. */
export interface IdempotencyClaim extends Omit<KeyedRequest, "now"> {
  /** This attempt's own mark; another attempt that took over makes the commit fail. */
  readonly attempt: string;
}

/** What a key turned out to be. */
export type KeyOutcome =
  | { readonly is: "claimed"; readonly claim: IdempotencyClaim }
  | { readonly is: "answered"; readonly reply: StoredReply }
  /** For another request. */
  | { readonly is: "reused" }
  /** Another attempt holds it, and is not known to be dead. */
  | { readonly is: "in_progress" };

export interface Idempotency {
  /**
   * Claims a key for one attempt. An attempt that died is taken over after its lease of 30 seconds, which is longer than
   * any action may run; should it still be alive, its commit fails, because the key is no longer its own.
   */
  claim(request: KeyedRequest): Promise<KeyOutcome>;
  /** Stores the response of an action that committed nothing; does nothing once the claim is not this attempt's. */
  complete(claim: IdempotencyClaim, reply: StoredReply): Promise<void>;
  /** Gives a key back unused, so that it may be sent again; does nothing once it is completed or another attempt's. */
  release(claim: IdempotencyClaim): Promise<void>;
}
