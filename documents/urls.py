"""Addresses of documents."""

from django.urls import path

from documents.views import catalogues, grants, incoming, library, outgoing, protecting, reading, registers, steps

app_name = "documents"

VERSION = "documents/<uuid:public_id>/versions/<int:number>"
REGISTER = "registers/<uuid:agency>/<slug:direction>/<int:year>/"

urlpatterns = [
    path("documents/", reading.library, name="library"),
    path("library/", library.shelf, name="shelf"),
    path("library/upload/", library.upload, name="shelf_upload"),
    path("library/many/", library.many, name="shelf_many"),
    path("library/trash/", library.bin_page, name="library_trash"),
    path("library/trash/<slug:kind>/<uuid:public_id>/<slug:verb>/", library.bin_step, name="trash_step"),
    path("library/items/<uuid:public_id>/", library.item, name="shelf_item"),
    path("library/folders/", library.add_folder, name="add_folder"),
    path("library/folders/<uuid:public_id>/", library.shelf, name="shelf_folder"),
    path("library/folders/<uuid:public_id>/change/", library.folder, name="change_folder"),
    path("library/folders/<uuid:public_id>/upload/", library.upload, name="folder_upload"),
    path("documents/<uuid:public_id>/keep/", library.keep, name="keep"),
    path("documents/upload/", reading.upload, name="upload"),
    path("documents/openings/", protecting.read_on_device, name="read_on_device"),
    path("documents/<uuid:public_id>/", reading.document, name="document"),
    path("documents/<uuid:public_id>/people/find/", grants.find_reader, name="find_reader"),
    path("documents/<uuid:public_id>/people/add/", grants.share, name="share"),
    path("documents/<uuid:public_id>/people/remove/", grants.unshare, name="unshare"),
    path("documents/<uuid:public_id>/protection/", protecting.set_protection, name="protect"),
    path("documents/<uuid:public_id>/openings/", protecting.openings, name="openings"),
    path(f"{VERSION}/", reading.document, name="version"),
    path(f"{VERSION}/viewer.json", reading.description, name="description"),
    path(f"{VERSION}/file", reading.file, name="file"),
    path(f"{VERSION}/original", reading.original, name="original"),
    path(f"{VERSION}/pages/<int:page>/<int:width>.webp", reading.preview, name="preview"),
    path("outgoing/", outgoing.listing, name="outgoing_list"),
    path("outgoing/new/", outgoing.new, name="outgoing_new"),
    path("outgoing/<uuid:public_id>/", outgoing.detail, name="outgoing"),
    path("outgoing/<uuid:public_id>/edit/", outgoing.change, name="outgoing_edit"),
    path("outgoing/<uuid:public_id>/preview.pdf", outgoing.preview, name="outgoing_preview"),
    path("outgoing/<uuid:public_id>/<slug:verb>/", steps.take_step, name="outgoing_step"),
    path("incoming/", incoming.listing, name="incoming_list"),
    path("incoming/<uuid:public_id>/", incoming.detail, name="incoming"),
    path("incoming/<uuid:public_id>/receive/", incoming.receive, name="incoming_receive"),
    path("incoming/<uuid:public_id>/refuse/", incoming.refuse, name="incoming_refuse"),
    path("documents/types/", catalogues.types, name="types"),
    path("documents/types/<uuid:agency>/add/", catalogues.set_type, name="add_type"),
    path("documents/types/<uuid:agency>/<str:code>/", catalogues.set_type, name="change_type"),
    path("documents/types/<uuid:agency>/<str:code>/<slug:verb>/", catalogues.type_step, name="type_step"),
    path("documents/issuers/", catalogues.issuers, name="issuers"),
    path("documents/issuers/add/", catalogues.add_issuer, name="add_issuer"),
    path("documents/issuers/paste/", catalogues.paste_issuers, name="paste_issuers"),
    path("documents/issuers/<uuid:public_id>/", catalogues.edit_issuer, name="edit_issuer"),
    path("documents/issuers/<uuid:public_id>/retire/", catalogues.retire_issuer, name="retire_issuer"),
    path("registers/starts/", catalogues.starts, name="starts"),
    path("registers/", registers.listing, name="register_list"),
    path(REGISTER, registers.register, name="register"),
    path(f"{REGISTER}people/find/", grants.find_keeper, name="find_keeper"),
    path(f"{REGISTER}people/add/", grants.entrust_book, name="entrust_book"),
    path(f"{REGISTER}people/remove/", grants.take_back_book, name="take_back_book"),
]
