"""S3: what a request asks the answer's headers to be."""

from ministack.services import s3


def repair_version_overrides() -> None:
    """``response-*`` parameters name an answer's headers also where one version of an object is read."""
    stock_get = s3._get_object

    def get(bucket_name, key, headers, query_params=None):
        status, answered, body = stock_get(bucket_name, key, headers, query_params)
        if status in (200, 206) and "versionId" in (query_params or {}):
            s3._apply_response_overrides(answered, query_params)
        return status, answered, body

    s3._get_object = get


REPAIRS = [("s3-version-overrides", repair_version_overrides)]
