import { kinesisClickStream } from "#shared/adapters/kinesis/click-stream";
import { relayOverflowClicks } from "#shared/contracts/tracking";
import { overflowHit } from "#shared/domain/tracking/hit-records";
import { implementQueue } from "#shared/runtime/implement-consumer";

export const handler = implementQueue(
  relayOverflowClicks,
  { clickStream: kinesisClickStream },
  async (_invocation, message, { clickStream }) => {
    const hit = overflowHit(message);

    await clickStream.append({ visitor: hit.visitor, body: JSON.stringify(hit) });
  },
);
