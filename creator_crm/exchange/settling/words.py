"""The words in which shops say what has become of an order, in the languages their exports come in."""

from __future__ import annotations

from functools import cache

from creator_crm.domain.values.texts import fold

# The longest word that stands in the shop's text decides, so "unpaid" is not "paid".
_ORDER = {
    "unpaid": """unpaid; pending; pending payment; authorized; on hold; awaiting payment; belum bayar;
        belum dibayar; chưa thanh toán; ยังไม่ชำระ; รอชำระเงิน; 未付款; no pagado; pendiente de pago;
        unbezahlt""",
    "paid": """paid; partially_paid; partially_refunded; processing; to ship; awaiting shipment; awaiting
        collection; unshipped; unfulfilled; ready to ship; perlu dikirim; menunggu pengiriman; cần gửi;
        chờ lấy hàng; chờ gửi hàng; ที่จะจัดส่ง; รอเข้ารับ; รอจัดส่ง; 待发货; por enviar; pagado; bezahlt;
        in bearbeitung""",
    "shipped": """shipped; in transit; partially shipped; dispatched; dikirim; sedang dikirim; đã gửi;
        đang vận chuyển; đã vận chuyển; จัดส่งแล้ว; กำลังจัดส่ง; อยู่ระหว่างการขนส่ง; 已发货; enviado; en
        tránsito; versendet; versandt; expédié""",
    "completed": """completed; complete; delivered; selesai; terkirim; đã hoàn tất; hoàn thành; đã giao;
        đã giao hàng; จัดส่งสำเร็จ; สำเร็จ; เสร็จสมบูรณ์; ส่งแล้ว; 已完成; 已送达; completado; entregado;
        abgeschlossen; zugestellt; livré; terminé""",
    "refunded": """refunded; returned; rto delivered; rto; dikembalikan; đã hoàn tiền; คืนเงินแล้ว; 已退款;
        reembolsado; erstattet; remboursé""",
    "cancelled": """cancelled; canceled; voided; failed; expired; dibatalkan; đã hủy; ยกเลิกแล้ว; ยกเลิก;
        已取消; cancelado; storniert; annulé""",
}
_COMMISSION = {
    "pending": "pending; estimated; to be settled; unsettled; awaiting; รอดำเนินการ; รอชำระ",
    "settled": "settled; paid; completed; ชำระแล้ว; dibayar",
    "ineligible": "ineligible; not eligible; invalid; refunded; cancelled; ไม่มีสิทธิ์",
    "frozen": "frozen; on hold; ระงับ",
}
_PARCEL = {
    "shipped": """shipped; pre_transit; pre-transit; label created; accepted; picked up; purchased;
        manifested; despatched; dispatched; versendet; enviado; expédié""",
    "in_transit": """in_transit; in transit; out for delivery; out_for_delivery; transit; unterwegs;
        en tránsito; en transit; available for pickup; available_for_pickup; exception; delayed""",
    "delivered": "delivered; zugestellt; entregado; livré; delivered to neighbour; จัดส่งสำเร็จ",
    "returned": "returned; return to sender; return_to_sender; returned to sender; rücksendung; devuelto",
    "lost": "lost; missing; lost in transit; verloren; perdido",
}


def order_status(text: str) -> str:
    """One of ORDER_STATUSES for what a shop calls it, "" when the words are not known."""
    return _found("order", text)


def commission_status(text: str) -> str:
    """One of COMMISSION_STATUSES for what the platform calls it, "" when the words are not known."""
    return _found("commission", text)


def parcel_status(text: str) -> str:
    """One of SHIPMENT_STATUSES for what a carrier calls it, "" when the words are not known."""
    return _found("parcel", text)


@cache
def _words(kind: str) -> dict[str, str]:
    table = {"order": _ORDER, "commission": _COMMISSION, "parcel": _PARCEL}[kind]
    return {
        _key(word): status for status, words in table.items() for word in " ".join(words.split()).split(";")
    }


@cache
def _found(kind: str, text: str) -> str:
    key, words = _key(text), _words(kind)
    if key in words or not key:
        return words.get(key, "")
    inside = [word for word in words if f" {word} " in f" {key} "]
    return words[max(inside, key=len)] if inside else ""


def _key(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").replace("-", " ").split())
