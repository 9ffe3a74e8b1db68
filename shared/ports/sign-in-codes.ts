import type { SignInCode } from "#shared/domain/users/sign-in-code";

export interface SignInCodes {
  /** Strongly consistent. */
  get(codeId: string): Promise<SignInCode | undefined>;
}

export interface OneTimeCodes {
  /** An unguessable code of digits, every one as likely as any other. */
  next(): string;
}
