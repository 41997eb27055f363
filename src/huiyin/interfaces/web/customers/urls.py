"""The address of a customer's page; the way to it leads through one of his cases."""

from django.urls import path

from huiyin.interfaces.web.customers import views

app_name = "customers"
urlpatterns = [path("<int:customer_id>/", views.customer, name="customer")]
