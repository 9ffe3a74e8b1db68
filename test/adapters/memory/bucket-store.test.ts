import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { bucketStoreSuite } from "../suites/bucket-store.ts";
import { restatementSuite } from "../suites/restatements.ts";

bucketStoreSuite(memoryBucketStore);
restatementSuite(memoryBucketStore);
