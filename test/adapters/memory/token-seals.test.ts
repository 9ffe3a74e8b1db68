import { memoryTokenSeals } from "#shared/adapters/memory/token-seals";
import { tokenSealsSuite } from "../suites/token-seals.ts";

const seals = memoryTokenSeals();
tokenSealsSuite(() => seals);
