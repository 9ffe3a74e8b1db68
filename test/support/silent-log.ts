/** Set up before every test file: what the product logs is printed by no test. Whoever looks at lines takes them at `sink`. */
import { sink } from "#shared/runtime/log";

sink.write = () => undefined;
