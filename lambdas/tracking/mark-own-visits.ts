import { dynamodb } from "#shared/adapters/dynamodb/index";
import { kinesisClickStream } from "#shared/adapters/kinesis/click-stream";
import { markOwnVisits } from "#shared/contracts/tracking";
import { utcDay } from "#shared/domain/tracking/hit";
import { ownVisit } from "#shared/domain/tracking/own-visit";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  markOwnVisits,
  { ...dynamodb, clickStream: kinesisClickStream },
  async (_invocation, { at, detail }, { sightings, linksOfPeople, clickStream }) => {
    const { creatorId } = detail;
    const seen = "visitor" in detail ? [detail] : await sightings.ofDay(creatorId, utcDay(Date.parse(at)));
    const links = "code" in detail ? [detail] : linksOfPeople.oneInEachCampaign(creatorId);

    for await (const link of links) {
      for (const sighting of seen) {
        const hit = ownVisit(sighting, link, at);
        await clickStream.append({ visitor: hit.visitor, body: JSON.stringify(hit) });
      }
    }
  },
);
