"""Firehose: how it writes what it delivers."""

import gzip

from ministack.services import firehose


def repair_compression() -> None:
    """What is delivered to S3 is compressed where the delivery stream says so."""
    stock_deliver = firehose._deliver_to_s3

    def deliver(stream, dest, record_data, *rest):
        is_compressed = dest["config"].get("CompressionFormat") == "GZIP"
        return stock_deliver(stream, dest, gzip.compress(record_data) if is_compressed else record_data, *rest)

    firehose._deliver_to_s3 = deliver


REPAIRS = [("firehose-compression", repair_compression)]
