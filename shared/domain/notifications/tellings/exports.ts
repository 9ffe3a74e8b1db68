/** What people are told about files that they asked for. */
import type { EventDetail } from "../../events/events.ts";
import { minute, owner, type TellingsOf, type TellingText } from "./telling.ts";

function ended({ kind, format, rows, result }: EventDetail<"export.ended">): TellingText {
  const file = `${kind.replaceAll("-", " ")} (${format.toUpperCase()})`;
  return "failed" in result
    ? { title: "A file you asked for could not be made", message: `Your file of ${file}: ${result.failed}.` }
    : {
        title: "A file you asked for is ready",
        message: `Your file of ${file}, with ${rows} rows, can be fetched until ${minute(result.fetchableUntil)}.`,
      };
}

export const exportsTellings: TellingsOf<`export.${string}`> = {
  "export.turn_due": [],
  "export.ended": [
    { who: owner, channels: ["inApp"], category: "system", text: ended },
    {
      // Who has had it at once is still looking, and needs no mail.
      who: ({ userId, tookLong }) => (tookLong ? userId : []),
      channels: ["mail"],
      category: "system",
      text: ended,
    },
  ],
};
