import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { bucketStoreSuite } from "../suites/bucket-store.ts";

bucketStoreSuite(memoryBucketStore);
