import { type Change, changed } from "../change.ts";
import { stopsOf, transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { submissionLifecycle } from "../submissions/lifecycle.ts";
import type { Submission } from "../submissions/submission.ts";

/**
 * A submission whose unit went back with its creator's removal says so, too. The unit decided it: nothing could settle the
 * submission in between. Undefined when it was done.
 */
export function releaseSubmission(submission: Submission | undefined, occasion: Occasion): Change | undefined {
  const { release } = submissionLifecycle;
  if (submission === undefined || stopsOf(submission, release, occasion).length > 0) return undefined;
  const released = transition(submission, release, occasion);
  return {
    entities: [changed("submission", submission, released)],
    audit: {
      action: "submission.released",
      resource: { type: "submission", id: submission.id },
      changes: [{ field: "status", before: submission.status, after: released.status }],
    },
  };
}
