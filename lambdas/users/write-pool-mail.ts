import { stageWebClient } from "#shared/adapters/settings/web-client";
import { writePoolMail } from "#shared/contracts/users";
import { poolMail } from "#shared/domain/users/pool-mail";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(writePoolMail, { webClient: stageWebClient }, (call, { webClient }) =>
  Promise.resolve({ ...poolMail(call, webClient.url) }),
);
