import type { CreatorFacts } from "#shared/domain/matching/follow-creator";
import type { Accounts } from "./accounts.ts";
import type { PastResults } from "./matching.ts";
import type { SocialAccounts } from "./social-accounts.ts";

interface Sources {
  readonly accounts: Pick<Accounts, "get">;
  readonly socialAccounts: Pick<SocialAccounts, "ofPerson">;
  readonly pastResults: Pick<PastResults, "ofCreator">;
}

/** What holds of a creator now. */
export async function factsOf(
  userId: string,
  { accounts, socialAccounts, pastResults }: Sources,
): Promise<CreatorFacts> {
  const [account, own, results] = await Promise.all([
    accounts.get(userId),
    socialAccounts.ofPerson(userId),
    pastResults.ofCreator(userId),
  ]);
  return { account, socialAccounts: own, results };
}
