import { dynamodb } from "#shared/adapters/dynamodb/index";
import { rebuildCreatorIndex } from "#shared/contracts/creators";
import { begin } from "#shared/domain/matching/rebuild-index";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  rebuildCreatorIndex,
  dynamodb,
  async (_invocation, { indexRebuilds, commit }, each) => {
    await each(["creators"], String, async () => {
      await commit(begin(await indexRebuilds.state()));
      return "begun";
    });
  },
);
