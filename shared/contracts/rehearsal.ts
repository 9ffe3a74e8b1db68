import * as z from "zod";
import { NotificationCategory } from "#shared/domain/notifications/notification";
import { EntryView } from "#shared/domain/ledger/entry-view";

/** The query parameter of what can be rehearsed. */
export const DryRun = z.enum(["true", "false"]);

/** What a call with `?dryRun=true` would do. Nothing of it is done; on unchanged state the call itself does exactly this. */
export const Rehearsal = z
  .object({
    dryRun: z.literal(true),
    /** Of the call's own answer. */
    status: z.int(),
    /** What it would be answered; ids and times in it are made up. */
    reply: z.unknown(),
    entries: z.array(EntryView),
    changes: z.array(
      z.object({ type: z.string(), id: z.string(), field: z.string(), before: z.unknown(), after: z.unknown() }),
    ),
    notifications: z.array(
      z.object({
        userId: z.string(),
        channel: z.enum(["inApp", "mail"]),
        category: NotificationCategory,
        title: z.string(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: "Rehearsal" });
export type Rehearsal = z.infer<typeof Rehearsal>;
