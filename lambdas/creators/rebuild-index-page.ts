import { dynamodb } from "#shared/adapters/dynamodb/index";
import { rebuildIndexPage } from "#shared/contracts/creators";
import { stepsTo } from "#shared/domain/matching/follow-creator";
import { PEOPLE_A_TURN, dueTurn, taken } from "#shared/domain/matching/rebuild-index";
import { factsOf } from "#shared/application/matching/creator-facts";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  rebuildIndexPage,
  dynamodb,
  async ({ now }, { detail: { turn } }, { indexRebuilds, creatorCards, commit, ...ports }) => {
    const rebuild = dueTurn(await indexRebuilds.state(), turn);
    if (rebuild === undefined) return;
    const { after } = rebuild;
    // Everybody: also who is no creator any more may have a card, if nobody was told.
    const page = await ports.accounts.all({}, { limit: PEOPLE_A_TURN, ...(after && { after }) });

    const left: string[] = [];
    const look = async ({ id }: { readonly id: string }) => {
      const card = await creatorCards.get(id);
      for (const step of stepsTo(card, await factsOf(id, ports), now)) await commit(step);
    };
    await untilEachDecided(page.items, look, { leave: ({ id }) => left.push(id) });

    await commit(taken(rebuild, page.next, left));
  },
);
