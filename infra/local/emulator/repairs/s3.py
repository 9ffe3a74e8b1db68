"""S3: what a request asks the answer's headers to be, and what a form says that its file is."""

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


def repair_form_checksums() -> None:
    """A file that is posted with a form is held against the checksum that the form names, as one that is put is."""
    stock_post = s3._post_object

    def post(bucket_name, body, headers):
        fields, content = {}, None
        for name, _filename, _headers, value in s3._parse_multipart_form(headers.get("content-type", ""), body):
            if name == "file":
                content = value
            else:
                fields[name.lower()] = value.decode("latin-1")
        if content is not None:
            _, refused = s3._resolve_object_checksums(content, fields)
            if refused:
                return refused
        return stock_post(bucket_name, body, headers)

    s3._post_object = post


REPAIRS = [
    ("s3-version-overrides", repair_version_overrides),
    ("s3-form-checksums", repair_form_checksums),
]
