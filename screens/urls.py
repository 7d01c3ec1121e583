"""The addresses of screens."""

app_name = "screens"
urlpatterns: list = []
