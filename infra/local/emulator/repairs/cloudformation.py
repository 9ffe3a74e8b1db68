"""CloudFormation: types that MiniStack does not know, the Ref of a secret, and metric math."""

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import provisioners

# A template that names an unknown type is refused whole. These are accepted and do nothing.
STUBBED_TYPES = (
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::Athena::NamedQuery",
    "AWS::Backup::BackupSelection",
    "AWS::Budgets::Budget",
    "AWS::CE::AnomalyMonitor",
    "AWS::CE::AnomalySubscription",
    "AWS::CloudFront::MonitoringSubscription",
    "AWS::CloudTrail::Trail",
    "AWS::CloudWatch::AnomalyDetector",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::Cognito::LogDeliveryConfiguration",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment",
    "AWS::Cognito::UserPoolUICustomizationAttachment",
    "AWS::Events::Archive",
    "AWS::Events::EventBusPolicy",
    "AWS::Logs::DataProtectionPolicy",
    "AWS::Logs::QueryDefinition",
    "AWS::ResourceGroups::Group",
    "AWS::SES::Template",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::Synthetics::Canary",
    "AWS::WAFv2::IPSet",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACLAssociation",
    "AWS::XRay::Group",
    "AWS::XRay::SamplingRule",
)

_NAME_PROPERTIES = ("AlarmName", "ArchiveName", "CanaryName", "GroupName", "TrailName", "Name")


def _stub(resource_type):
    _, service, kind = resource_type.split("::")

    def create(logical_id, props, stack_name):
        given = next((props[key] for key in _NAME_PROPERTIES if isinstance(props.get(key), str)), None)
        name = given or f"{stack_name}-{logical_id}"
        arn = f"arn:aws:{service.lower()}:{get_region()}:{get_account_id()}:{kind.lower()}/{name}"
        return name, {"Arn": arn, "Id": name, "Name": name}

    def update(physical_id, _old_props, new_props, stack_name, logical_id=None):
        return create(logical_id or physical_id, new_props, stack_name)

    def delete(_physical_id, _props):
        return None

    return {"create": create, "update": update, "update_with_logical_id": True, "delete": delete}


def repair_unknown_types() -> None:
    """A resource of a type in the list is recorded as a stub instead of refusing the whole template."""
    for resource_type in STUBBED_TYPES:
        if resource_type in provisioners._RESOURCE_HANDLERS:
            raise RuntimeError(f"MiniStack knows {resource_type} now: take it off the list of stubs")
        provisioners._RESOURCE_HANDLERS[resource_type] = _stub(resource_type)


def repair_secret_reference() -> None:
    """Ref of a secret is its ARN, as on AWS, and not its name."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    stock_create, stock_update, stock_delete = handler["create"], handler["update"], handler["delete"]

    def name_of(physical_id):
        secrets = provisioners._sm._secrets
        return next((name for name, secret in secrets.items() if secret.get("ARN") == physical_id), physical_id)

    def create(logical_id, props, stack_name):
        _name, attributes = stock_create(logical_id, props, stack_name)
        return attributes["Arn"], attributes

    def update(physical_id, old_props, new_props, stack_name, logical_id=None):
        name = name_of(physical_id)
        new_name, attributes = stock_update(name, old_props, new_props, stack_name, logical_id)
        return provisioners._sm._secrets[new_name]["ARN"], attributes

    def delete(physical_id, props):
        stock_delete(name_of(physical_id), props)

    handler.update(create=create, update=update, delete=delete)


def repair_metric_math() -> None:
    """An alarm on what is reckoned from several metrics watches the first of them, instead of refusing the whole template."""
    stock_record = provisioners._cw_metric_alarm_record

    def record(name, props):
        stats = [one["MetricStat"] for one in props.get("Metrics") or [] if one.get("MetricStat")]
        if not stats:
            return stock_record(name, props)
        first = stats[0]
        plain = {key: value for key, value in props.items() if key != "Metrics"}
        return stock_record(name, {**plain, **first["Metric"], "Statistic": first["Stat"], "Period": first["Period"]})

    provisioners._cw_metric_alarm_record = record


REPAIRS = [
    ("cloudformation-unknown-types", repair_unknown_types),
    ("cloudformation-secret-reference", repair_secret_reference),
    ("cloudformation-metric-math", repair_metric_math),
]
