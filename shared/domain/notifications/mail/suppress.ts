import { type Change, created } from "../../change.ts";
import type { Instant } from "../../kernel/time.ts";
import { type MailSuppression, type Stopped, suppressionIdOf } from "./suppression.ts";

/** Nobody writes to the address from now on; nothing changes where nobody did before. */
export const suppress = (
  { address, reason }: Stopped,
  existing: MailSuppression | undefined,
  now: Instant,
): Change | undefined =>
  existing
    ? undefined
    : { entities: [created("mailSuppression", { id: suppressionIdOf(address), reason, createdAt: now })] };
