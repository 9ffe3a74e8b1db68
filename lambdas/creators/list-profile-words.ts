import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listProfileWords } from "#shared/contracts/creators";
import { profileWords } from "#shared/domain/users/profile-words";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listProfileWords, dynamodb, () => Promise.resolve(profileWords()));
