"""My account, my inbox, the administration of agencies and people."""

from django.urls import path

from people.views import account, administration, agencies, find, inbox, log, positions, rights, users

app_name = "people"
urlpatterns = [
    path("search/", find.find, name="search"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("account/", account.profile, name="profile"),
    path("account/post/", account.act_from, name="act_from"),
    path("account/sign-ins/", account.sign_ins, name="own_sign_ins"),
    path("account/tokens/", account.own_token_list, name="tokens"),
    path("account/tokens/<uuid:public_id>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/delegations/", account.delegations, name="delegations"),
    path("account/delegations/<uuid:public_id>/withdraw/", account.withdraw, name="withdraw"),
    path("administration/", administration.index, name="administration"),
    path("people/posts/<uuid:public_id>/rights/", rights.switch, name="switch_right"),
    path("people/agencies/<uuid:public_id>/rights/", rights.of_agency, name="agency_rights"),
    path("people/titles/", positions.listing, name="positions"),
    path("people/titles/add/", positions.add, name="add_position"),
    path("people/titles/<uuid:public_id>/edit/", positions.edit, name="edit_position"),
    path("people/titles/<uuid:public_id>/remove/", positions.remove, name="remove_position"),
    path("people/", users.listing, name="users"),
    path("people/add/", users.open_account, name="open_account"),
    path("people/<uuid:public_id>/", users.detail, name="user"),
    path("people/<uuid:public_id>/edit/", users.edit, name="edit_user"),
    path("people/<uuid:public_id>/reset/", users.reset, name="reset_password"),
    path("people/<uuid:public_id>/one-step/", users.remove_factors, name="remove_factors"),
    path("people/<uuid:public_id>/untie/", users.untie_identity, name="untie_identity"),
    path("people/<uuid:public_id>/close/", users.deactivate, name="deactivate"),
    path("people/<uuid:public_id>/open/", users.reactivate, name="reactivate"),
    path("people/<uuid:public_id>/posts/add/", users.give_post, name="give_post"),
    path("people/posts/<uuid:public_id>/end/", users.end_post, name="end_post"),
    path("people/sign-ins/", log.sign_ins, name="sign_ins"),
    path("people/locks/", log.locks, name="locks"),
    path("people/locks/<uuid:public_id>/lift/", log.unlock, name="unlock"),
    path("people/agencies/", agencies.tree, name="agencies"),
    path("people/agencies/<uuid:public_id>/", agencies.detail, name="agency"),
    path("people/agencies/<uuid:public_id>/add/", agencies.found, name="found_agency"),
    path("people/agencies/<uuid:public_id>/edit/", agencies.rename, name="rename_agency"),
    path("people/agencies/<uuid:public_id>/move/", agencies.place, name="place_agency"),
    path("people/agencies/<uuid:public_id>/dissolve/", agencies.dissolve, name="dissolve_agency"),
]
