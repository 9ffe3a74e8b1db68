/** Consents, and the codes and tokens that stand for them. */
import { createHash, randomBytes } from "node:crypto";
import type { Member } from "./members.ts";

/** How long what a network gives is good, in seconds, and whether a refresh token is good once. */
export interface Lives {
  readonly code: number;
  readonly access: number;
  /** Null where there are no refresh tokens. */
  readonly refresh: number | null;
  readonly rotates: boolean;
  /** What its tokens begin with. */
  readonly prefix: string;
}

/** What somebody was asked to consent to. */
export interface Request {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
}

export interface Grant {
  readonly member: Member;
  readonly request: Request;
  /** Access tokens with their ends. */
  readonly access: Map<string, number>;
  refresh: { readonly token: string; readonly endsAt: number } | undefined;
  isRevoked: boolean;
}

export interface Given {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string | undefined;
  readonly refreshExpiresIn: number | undefined;
  readonly grant: Grant;
}

export class Grants {
  readonly #lives: Lives;
  readonly #now: () => number;
  readonly #codes = new Map<string, { readonly grant: Grant; readonly endsAt: number; isSpent: boolean }>();
  readonly #all: Grant[] = [];

  /** @param now seconds since 1970 */
  constructor(lives: Lives, now: () => number) {
    this.#lives = lives;
    this.#now = now;
  }

  #secret(): string {
    return `${this.#lives.prefix}${randomBytes(32).toString("base64url")}`;
  }

  /** Somebody consents: the code that they are sent back with. */
  consent(member: Member, request: Request): string {
    const grant: Grant = { member, request, access: new Map(), refresh: undefined, isRevoked: false };
    this.#all.push(grant);
    const code = this.#secret();
    this.#codes.set(code, { grant, endsAt: this.#now() + this.#lives.code, isSpent: false });
    return code;
  }

  /** A code for tokens, once, in time, and by whom and for what it was asked. */
  redeem(code: string, by: { readonly redirectUri: string; readonly verifier: string | null }): Given | undefined {
    const found = this.#codes.get(code);
    if (!found || found.isSpent || found.endsAt <= this.#now()) return undefined;
    const { redirectUri, challenge } = found.grant.request;
    if (redirectUri !== by.redirectUri || (challenge !== null && challenge !== challengeOf(by.verifier ?? "")))
      return undefined;
    found.isSpent = true;
    return this.give(found.grant);
  }

  /** A consent by another member to the same; nobody was asked. */
  copied(grant: Grant, member: Member): Grant {
    const copy: Grant = { ...grant, member, access: new Map(), refresh: undefined };
    this.#all.push(copy);
    return copy;
  }

  /** New tokens. Where refresh tokens rotate, the one before is dead. */
  give(grant: Grant, accessSeconds = this.#lives.access): Given {
    const accessToken = this.#secret();
    grant.access.set(accessToken, this.#now() + accessSeconds);
    const { refresh, rotates } = this.#lives;
    if (refresh !== null && (grant.refresh === undefined || rotates))
      grant.refresh = { token: this.#secret(), endsAt: this.#now() + refresh };
    return {
      accessToken,
      expiresIn: accessSeconds,
      refreshToken: grant.refresh?.token,
      refreshExpiresIn: grant.refresh && grant.refresh.endsAt - this.#now(),
      grant,
    };
  }

  byAccess(token: string | undefined): Grant | undefined {
    return this.#all.find(({ access, isRevoked }) => !isRevoked && (access.get(token ?? "") ?? 0) > this.#now());
  }

  byRefresh(token: string | null): Grant | undefined {
    return this.#all.find(
      ({ refresh, isRevoked }) => !isRevoked && refresh?.token === token && refresh.endsAt > this.#now(),
    );
  }

  /** Every consent of a member: what they do in the network's own settings. */
  withdraw(username: string): number {
    const theirs = this.#all.filter(({ member, isRevoked }) => member.username === username && !isRevoked);
    for (const grant of theirs) grant.isRevoked = true;
    return theirs.length;
  }

  /** Every token that was ever given, for those who look where none may be. */
  secrets(): readonly string[] {
    const tokens = this.#all.flatMap(({ access, refresh }) => [...access.keys(), ...(refresh ? [refresh.token] : [])]);
    return [...this.#codes.keys(), ...tokens];
  }

  live(): number {
    return this.#all.filter(({ isRevoked, access }) => !isRevoked && access.size > 0).length;
  }
}

const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");
