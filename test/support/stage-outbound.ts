/** What actions on a table in memory reach outside of it: all of it keeps what it was told, for a test to look at. */
import {
  memoryAnnouncementQueue,
  memoryClickStream,
  memoryEventBus,
  memoryEventQueue,
  memoryMailSender,
  memorySocialQueue,
  memorySecondFactors,
  memoryUserPoolGroups,
  memoryUserPoolPeople,
  memoryUserPoolSessions,
} from "#shared/adapters/memory/outbound";
import { memoryClickArchive } from "#shared/adapters/memory/click-archive";
import { memoryConnectedAccounts } from "#shared/adapters/memory/connected-accounts";
import { memoryExportFiles } from "#shared/adapters/memory/export-files";
import { memoryFiles } from "#shared/adapters/memory/files";
import { memoryPayments } from "#shared/adapters/memory/payments";
import { memoryPayoutProcessor } from "#shared/adapters/memory/payout-processor";
import { memorySocialNetworks } from "#shared/adapters/memory/social-networks";
import { memoryStatements } from "#shared/adapters/memory/statements";
import { memoryTokenSeals } from "#shared/adapters/memory/token-seals";

/** @param clock what it is there, whenever it is asked */
export function outboundAt(clock: { readonly now: string }) {
  const connectedAccounts = memoryConnectedAccounts();
  const payments = memoryPayments(() => clock.now);
  const payoutProcessor = memoryPayoutProcessor(connectedAccounts, () => Date.parse(clock.now));
  return {
    payments,
    statements: memoryStatements(() => [...payments.movements(), ...payoutProcessor.movements()]),
    connectedAccounts,
    payoutProcessor,
    mailSender: memoryMailSender(),
    eventBus: memoryEventBus(),
    eventQueue: memoryEventQueue(),
    announcementQueue: memoryAnnouncementQueue(),
    clickStream: memoryClickStream(),
    clickArchive: memoryClickArchive(),
    userPoolGroups: memoryUserPoolGroups(),
    secondFactors: memorySecondFactors(),
    userPoolPeople: memoryUserPoolPeople(),
    userPoolSessions: memoryUserPoolSessions(),
    files: memoryFiles(() => clock.now),
    socialQueue: memorySocialQueue(),
    socialNetworks: memorySocialNetworks(() => Date.parse(clock.now)),
    tokenSeals: memoryTokenSeals(),
    exportFiles: memoryExportFiles(() => clock.now),
  };
}
