"""One thing that Celery's Redis transport must not do: stop for good."""

from kombu.transport.redis import Channel, QoS
from kombu.transport.virtual import QoS as LocalQoS


class ForgivingQoS(QoS):
    """A message that could not be acknowledged, since Redis did not answer just then, no longer counts as under way.

    In kombu it does, for ever: with a prefetch of one for each thread the worker then never takes another message, nor
    notices that its connection is gone. The message itself comes again after the visibility timeout, finds its task
    done, and is acknowledged then.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        except Exception:
            LocalQoS.ack(self, delivery_tag)
            raise


def forgive() -> None:
    """Has every Redis channel of this process made like that."""
    Channel.QoS = ForgivingQoS
